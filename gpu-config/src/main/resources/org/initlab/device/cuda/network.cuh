// A fully connected network as kernels see it, a block of threads a network: where its numbers lie, its activations, its
// way forward and its cost, in single precision.
//
// Layers are numbered from 1 at the input. An array of a layer's signals is [units][rows], rows being the examples of a
// batch and padding, so that a thread reads the signals of a unit, which all its neighbours read too, four at a time.
// Rows of padding are 0 in activations and gradients. A kernel is [in][out] with a row every "pitch" numbers. Arrays lie
// in shared memory as far as they fit: the host decides (TrainingPlan), and the numbers are the same wherever they lie.
#pragma once
#include "activation.cuh"
#include "products.cuh"

#ifdef __CUDACC__
extern __shared__ __align__(16) float shared_floats[];
#endif

enum Optimizer { SGD, MOMENTUM, NESTEROV, RMSPROP, ADAM };
enum Loss { CROSS_ENTROPY, SQUARED_ERROR };

// The host's TrainingPlan writes these as whole numbers, in this order.
struct Layer {
  int in, out, activation;
  int kernel, bias;          // where in a trial's parameters
  int sharedKernel;          // where in shared memory, or -1
  int pitch;                 // of the kernel in shared memory
  int below, belowIsShared;  // the signals that it reads
  int own, ownIsShared;      // its f'(s), later dC/ds
};

struct Plan {
  int layers, batch, rows, optimizer, loss;
  int parameters;  // numbers of a trial's parameters
  int workspace;   // numbers of a trial's arrays that shared memory has no place for
  int scratch;     // where in shared memory
};

// --- one network

struct Network {
  Plan plan;
  const Layer* layers; // from 1
  float* parameters;
  float* workspace;
  float* scratch;

  __device__ __forceinline__ Network(const int* numbers, float* itsParameters, float* itsWorkspace)
      : plan(*(const Plan*)numbers),
        layers((const Layer*)(numbers + sizeof(Plan) / sizeof(int)) - 1),
        parameters(itsParameters),
        workspace(itsWorkspace),
        scratch(shared_floats + plan.scratch) {}

  // The signals that a layer reads.
  __device__ __forceinline__ float* below(const Layer& layer) const {
    return (layer.belowIsShared ? shared_floats : workspace) + layer.below;
  }

  __device__ __forceinline__ float* own(const Layer& layer) const {
    return (layer.ownIsShared ? shared_floats : workspace) + layer.own;
  }

  __device__ __forceinline__ float* kernel(const Layer& layer) const {
    return layer.sharedKernel >= 0 ? shared_floats + layer.sharedKernel : parameters + layer.kernel;
  }

  __device__ __forceinline__ int pitch(const Layer& layer) const {
    return layer.sharedKernel >= 0 ? layer.pitch : layer.out;
  }
};

// Copies those kernels that have a place there to shared memory, and makes all signals 0.
__device__ static __forceinline__ void begin(const Network& network) {
  const int rows = network.plan.rows;
  for (int l = 1; l <= network.plan.layers; l++) {
    const Layer layer = network.layers[l];
    if (layer.sharedKernel >= 0) {
      ONE_BY_ONE
      for (int i = threadIdx.x; i < layer.in * layer.out; i += blockDim.x) {
        shared_floats[layer.sharedKernel + i / layer.out * layer.pitch + i % layer.out] =
            network.parameters[layer.kernel + i];
      }
    }
    float* below = network.below(layer);
    ONE_BY_ONE
    for (int i = threadIdx.x; i < layer.in * rows; i += blockDim.x) {
      below[i] = 0.0f;
    }
    float* own = network.own(layer);
    ONE_BY_ONE
    for (int i = threadIdx.x; i < layer.out * rows; i += blockDim.x) {
      own[i] = 0.0f;
    }
  }
  __syncthreads();
}

// A layer's own signals become s = x W + b.
template <int R>
__device__ static __forceinline__ void preActivate(const Network& network, const Layer& layer) {
  const int rows = network.plan.rows;
  const float* below = network.below(layer);
  const float* bias = network.parameters + layer.bias;
  float* own = network.own(layer);
  for (int row = 0; row < rows; row += R) {
    sums<R, false>(layer.out, layer.in, network.kernel(layer), 1, network.pitch(layer), below + row, rows,
        network.scratch, [&](int unit, float (&sum)[R]) {
#pragma unroll
          for (int r = 0; r < R; r++) {
            own[unit * rows + row + r] = sum[r] + bias[unit];
          }
        });
  }
  __syncthreads();
}

// What the next layer reads becomes f(s), and a layer's own signals f'(s).
__device__ static __forceinline__ void activateAll(
    const Network& network, const Layer& layer, const Layer& next) {
  const int rows = network.plan.rows;
  float* own = network.own(layer);
  float* above = network.below(next);
  ONE_BY_ONE
  for (int i = threadIdx.x; i < layer.out * rows; i += blockDim.x) {
    float slope;
    const float z = activate(layer.activation, own[i], &slope);
    const bool real = i % rows < network.plan.batch;
    own[i] = real ? slope : 0.0f;
    above[i] = real ? z : 0.0f;
  }
  __syncthreads();
}

// The way back through a layer: the f'(s) of the layer below becomes its dC/ds.
template <int R, bool TILED>
__device__ static __forceinline__ void sendBack(
    const Network& network, const Layer& layer, const Layer& before) {
  const int rows = network.plan.rows;
  float* gradient = network.own(before);
  for (int row = 0; row < rows; row += R) {
    sums<R, TILED>(layer.in, layer.out, network.kernel(layer), network.pitch(layer), 1,
        network.own(layer) + row, rows, network.scratch, [&](int unit, float (&sum)[R]) {
#pragma unroll
          for (int r = 0; r < R; r++) { // padding stays 0 beside weights that are not finite
            float* one = gradient + unit * rows + row + r;
            *one = row + r < network.plan.batch ? *one * sum[r] : 0.0f;
          }
        });
  }
  __syncthreads();
}

template <int R>
__device__ static __forceinline__ void sendBack(
    const Network& network, const Layer& layer, const Layer& before) {
  if (layer.sharedKernel >= 0) {
    sendBack<R, false>(network, layer, before);
  } else {
    sendBack<R, true>(network, layer, before);
  }
}

// The cost of example r, whose pre-activations d[k][r] become dC/ds; in double precision, as on a CPU.
__device__ static __noinline__ double cost(int loss, float* d, int classes, int rows, int r, int label) {
  double most = d[r];
  ONE_BY_ONE
  for (int k = 1; k < classes; k++) {
    const double s = d[k * rows + r];
    most = s > most || s != s ? s : most;
  }
  double sum = 0;
  ONE_BY_ONE
  for (int k = 0; k < classes; k++) {
    sum += exp((double)d[k * rows + r] - most);
  }
  const double logLabel = (double)d[label * rows + r] - (most + log(sum));
  double squares = 0, mean = 0;
  if (loss == SQUARED_ERROR) {
    ONE_BY_ONE
    for (int k = 0; k < classes; k++) {
      const double p = exp((double)d[k * rows + r] - most) / sum;
      const double g = p - (k == label ? 1 : 0);
      squares += g * g;
      mean += p * g;
    }
  }
  ONE_BY_ONE
  for (int k = 0; k < classes; k++) {
    const double p = exp((double)d[k * rows + r] - most) / sum;
    const double g = p - (k == label ? 1 : 0);
    d[k * rows + r] = (float)(loss == SQUARED_ERROR ? p * (g - mean) : g);
  }
  return loss == SQUARED_ERROR ? squares / 2 : -logLabel;
}
