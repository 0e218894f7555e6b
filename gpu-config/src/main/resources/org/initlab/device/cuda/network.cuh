// A fully connected network as kernels see it, a block of threads a network: where its numbers lie, its activations, its
// way forward and its cost, in single precision.
//
// Layers are numbered from 1 at the input. An array of a layer's signals is [units][rows], rows being the examples of a
// batch and padding, so that a thread reads the signals of a unit, which all its neighbours read too, four at a time.
// Rows of padding are 0 in activations and gradients. A kernel is [in][out] with a row every "pitch" numbers. Arrays lie
// in shared memory as far as they fit: the host decides (TrainingPlan), and the numbers are the same wherever they lie.
#pragma once
#include "activation.cuh"

#ifdef __CUDACC__
extern __shared__ __align__(16) float shared_floats[];
#endif

// Loops that take little time: unrolled, they would take the driver's time to compile.
#define ONE_BY_ONE _Pragma("unroll 1")

typedef unsigned long long count;

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

// --- sums over rows and units

// How threads share the units that they compute and the terms of their sums: thread = group * wide + lane.
struct Shares {
  int wide, groups, group, lane;

  __device__ __forceinline__ explicit Shares(int units) {
    const int threads = blockDim.x;
    const int warps = (units + 31) / 32 * 32;
    wide = warps < threads ? warps : threads;
    groups = threads / wide;
    group = threadIdx.x / wide;
    lane = threadIdx.x % wide;
  }
};

template <int R>
__device__ static __forceinline__ void multiplyAdd(float w, const float* signals, float (&sum)[R]) {
#pragma unroll
  for (int r = 0; r < R; r += 4) {
    const float4 x = *(const float4*)(signals + r);
    sum[r] = fmaf(w, x.x, sum[r]);
    sum[r + 1] = fmaf(w, x.y, sum[r + 1]);
    sum[r + 2] = fmaf(w, x.z, sum[r + 2]);
    sum[r + 3] = fmaf(w, x.w, sum[r + 3]);
  }
}

// sum + the product of R numbers of x with R of d.
template <int R>
__device__ static __forceinline__ float multiply(const float* x, const float* d, float sum) {
#pragma unroll
  for (int r = 0; r < R; r += 4) {
    const float4 y = *(const float4*)(x + r);
    sum = fmaf(y.x, d[r], sum);
    sum = fmaf(y.y, d[r + 1], sum);
    sum = fmaf(y.z, d[r + 2], sum);
    sum = fmaf(y.w, d[r + 3], sum);
  }
  return sum;
}

// For each unit u, its R rows from row on: sum[r] = sum over terms i of weights[u stepUnit + i stepTerm] signals[i][r];
// then finish(u, sum), by one thread a unit. All threads of the block come here together.
template <int R, class Finish>
__device__ static __forceinline__ void sums(
    int units, int terms, const float* weights, int stepUnit, int stepTerm, const float* signals,
    int rows, float* scratch, Finish finish) {
  const Shares shares(units);
  for (int first = 0; first < units; first += shares.wide) {
    const int unit = first + shares.lane;
    const bool computes = unit < units && shares.group < shares.groups;
    float sum[R];
#pragma unroll
    for (int r = 0; r < R; r++) {
      sum[r] = 0.0f;
    }
    if (computes) {
      for (int i = shares.group; i < terms; i += shares.groups) {
        multiplyAdd<R>(weights[(count)unit * stepUnit + (count)i * stepTerm], signals + i * rows, sum);
      }
    }
    if (shares.groups > 1) {
      if (computes) {
#pragma unroll
        for (int r = 0; r < R; r++) {
          scratch[r * blockDim.x + threadIdx.x] = sum[r];
        }
      }
      __syncthreads();
      if (computes && shares.group == 0) {
        ONE_BY_ONE
        for (int g = 1; g < shares.groups; g++) {
#pragma unroll
          for (int r = 0; r < R; r++) {
            sum[r] += scratch[r * blockDim.x + g * shares.wide + shares.lane];
          }
        }
      }
    }
    if (computes && shares.group == 0) {
      finish(unit, sum);
    }
    if (shares.groups > 1) {
      __syncthreads();
    }
  }
}

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
    sums<R>(layer.out, layer.in, network.kernel(layer), 1, network.pitch(layer), below + row, rows,
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
