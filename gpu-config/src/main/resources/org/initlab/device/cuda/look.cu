// Looks at networks where their weights lie: sends examples through each, a block of threads a network, and reduces there
// to the numbers that metrics want. Products are in single precision, as in training; sums over examples and units are in
// double precision, in an order that the sizes alone decide.
#include "reduce.cuh"

// What is found of a layer, in this order; CudaLook knows it.
enum Signal { PRE_ACTIVATIONS, ACTIVATIONS, PRE_ACTIVATION_GRADIENTS, WEIGHT_GRADIENTS, SIGNALS };
enum { SATURATION = 2 * SIGNALS, DEAD_UNITS, NUMBERS_OF_A_LAYER };

// What is asked for beyond the way forward, as bits.
enum { BACK = 1, PERCENTILE = 2 };

// --- looks

// The signals of n examples where layer 1 reads them.
__device__ static __forceinline__ void load(const Network& network, const float* examples, int n) {
  const Layer layer = network.layers[1];
  float* x = network.below(layer);
  ONE_BY_ONE
  for (int i = threadIdx.x; i < layer.in * n; i += blockDim.x) {
    x[i % layer.in * network.plan.rows + i / layer.in] = examples[i];
  }
  __syncthreads();
}

// Whether the label's output is the greatest, the first of equal ones; NaN answers nothing.
__device__ static __noinline__ bool right(const float* s, int classes, int rows, int label) {
  const float own = s[label * rows];
  bool found = true;
  ONE_BY_ONE
  for (int k = 0; k < classes; k++) {
    found &= k < label ? s[k * rows] < own : s[k * rows] <= own;
  }
  return found;
}

// A block for each of some networks: block b takes the one at places[b], and workspace b. The cost of n examples is added
// up in their order, and their wrong answers are counted: to what sums [.][2] hold already of others.
template <int R>
__device__ static __forceinline__ void answers(
    const int* numbers, float* allParameters, const int* places, float* allWorkspace, const float* examples,
    const int* labels, int n, double* sums) {
  const Plan plan = *(const Plan*)numbers;
  const Network network(
      numbers, allParameters + (count)places[blockIdx.x] * plan.parameters,
      allWorkspace + (count)blockIdx.x * plan.workspace);
  const Layer top = network.layers[plan.layers];
  float* output = network.own(top);
  double* costs = (double*)network.scratch;
  int* wrong = (int*)(costs + plan.rows);
  double costSum = sums[2 * blockIdx.x], wrongs = sums[2 * blockIdx.x + 1]; // each thread for itself
  begin(network);
  for (int from = 0; from < n; from += plan.batch) {
    const int some = n - from < plan.batch ? n - from : plan.batch;
    load(network, examples + (count)from * network.layers[1].in, some);
    for (int l = 1; l <= plan.layers; l++) {
      preActivate<R>(network, network.layers[l]);
      if (l < plan.layers) {
        activateAll(network, network.layers[l], network.layers[l + 1]);
      }
    }
    ONE_BY_ONE
    for (int r = threadIdx.x; r < some; r += blockDim.x) {
      const int label = labels[from + r];
      wrong[r] = !right(output + r, top.out, plan.rows, label);
      costs[r] = cost(plan.loss, output, top.out, plan.rows, r, label);
    }
    __syncthreads();
    ONE_BY_ONE
    for (int r = 0; r < some; r++) {
      costSum += costs[r];
      wrongs += wrong[r];
    }
    __syncthreads();
  }
  if (threadIdx.x == 0) {
    sums[2 * blockIdx.x] = costSum;
    sums[2 * blockIdx.x + 1] = wrongs;
  }
}

// The gradient of the mean loss with respect to a weight, by the signals on both of its sides.
template <int R>
__device__ static __forceinline__ float weightGradient(const float* x, const float* d, const Plan& plan) {
  float sum = 0.0f;
  ONE_BY_ONE
  for (int row = 0; row < plan.rows; row += R) {
    sum = multiply<R>(x + row, d + row, sum);
  }
  return 1.0f / plan.batch * sum;
}

template <int R>
__device__ static __forceinline__ void gradientsOfWeights(
    const Network& network, const Layer& layer, double* room, double* out) {
  const Plan& plan = network.plan;
  const float* below = network.below(layer);
  const float* own = network.own(layer);
  Moments moments(weightGradient<R>(below, own, plan));
  const Shares shares(layer.out);
  if (shares.group < shares.groups) {
    for (int unit = shares.lane; unit < layer.out; unit += shares.wide) {
      for (int i = shares.group; i < layer.in; i += shares.groups) {
        moments.add(weightGradient<R>(below + i * plan.rows, own + unit * plan.rows, plan));
      }
    }
  }
  moments.write((double)layer.in * layer.out, room, out);
}

// Sends the plan's whole batch forward and, if asked, back. Blocks take networks as above. Out come the numbers of each
// layer [.][layers][NUMBERS_OF_A_LAYER] and, on the way back, dC/ds of the outputs [.][batch][outputs], C being the cost
// of one example.
template <int R>
__device__ static __forceinline__ void probe(
    const int* numbers, float* allParameters, const int* places, float* allWorkspace, const float* examples,
    const int* labels, int wanted, double* found, float* outputs) {
  const Plan plan = *(const Plan*)numbers;
  const Network network(
      numbers, allParameters + (count)places[blockIdx.x] * plan.parameters,
      allWorkspace + (count)blockIdx.x * plan.workspace);
  const int last = plan.layers;
  const int rows = plan.rows;
  double* room = (double*)network.scratch;
  double* ofLayer = found + ((count)blockIdx.x * last - 1) * NUMBERS_OF_A_LAYER; // from 1
  begin(network);
  load(network, examples, plan.batch);
  for (int l = 1; l <= last; l++) {
    const Layer layer = network.layers[l];
    float* own = network.own(layer);
    double* out = ofLayer + l * NUMBERS_OF_A_LAYER;
    preActivate<R>(network, layer);
    signalMoments(own, layer.out, plan, room, out + 2 * PRE_ACTIVATIONS);
    if (l < last) {
      const bool seesNan = hasNan(own, layer.out, plan);
      activateAll(network, layer, network.layers[l + 1]);
      const float* z = network.below(network.layers[l + 1]);
      signalMoments(z, layer.out, plan, room, out + 2 * ACTIVATIONS);
      const double deadPart = dead(own, layer.out, plan, seesNan, room);
      if (threadIdx.x == 0) {
        out[DEAD_UNITS] = deadPart;
      }
      if (wanted & PERCENTILE) {
        const long long rank = ((long long)layer.out * plan.batch * 98 + 99) / 100;
        const float size = ranked(z, layer.out, plan, rank, (int*)room);
        if (threadIdx.x == 0) {
          out[SATURATION] = size;
        }
      }
    }
  }
  if (!(wanted & BACK)) {
    return;
  }

  const Layer top = network.layers[last];
  float* d = network.own(top);
  ONE_BY_ONE
  for (int r = threadIdx.x; r < rows; r += blockDim.x) {
    if (r < plan.batch) {
      cost(plan.loss, d, top.out, rows, r, labels[r]);
    }
    ONE_BY_ONE
    for (int k = 0; k < top.out; k++) {
      if (r < plan.batch) {
        outputs[((count)blockIdx.x * plan.batch + r) * top.out + k] = d[k * rows + r];
      } else {
        d[k * rows + r] = 0.0f;
      }
    }
  }
  __syncthreads();
  for (int l = last; l >= 1; l--) {
    const Layer layer = network.layers[l];
    const float* own = network.own(layer);
    double* out = ofLayer + l * NUMBERS_OF_A_LAYER;
    signalMoments(own, layer.out, plan, room, out + 2 * PRE_ACTIVATION_GRADIENTS);
    gradientsOfWeights<R>(network, layer, room, out + 2 * WEIGHT_GRADIENTS);
    if (l > 1) {
      sendBack<R>(network, layer, network.layers[l - 1]);
    }
  }
}

extern "C" __global__ void __launch_bounds__(512, 1) look_answers(
    const int* plan, float* parameters, const int* places, float* workspace, const float* examples,
    const int* labels, int n, double* sums) {
  answers<16>(plan, parameters, places, workspace, examples, labels, n, sums);
}

extern "C" __global__ void __launch_bounds__(512, 1) look_probe(
    const int* plan, float* parameters, const int* places, float* workspace, const float* examples,
    const int* labels, int wanted, double* found, float* outputs) {
  probe<16>(plan, parameters, places, workspace, examples, labels, wanted, found, outputs);
}
