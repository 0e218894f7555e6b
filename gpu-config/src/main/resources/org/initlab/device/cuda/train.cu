// Trains fully connected networks, a block of threads a network, for many updates in one launch: the forward pass, the
// loss, the way back and the optimizer of org.initlab.experiment.trial's engine "fused", in single precision.
#include "network.cuh"

struct Step {
  int optimizer;
  float rate, decay, momentum;
  double correction; // of Adam's step
};

// One parameter's update by the gradient of the mean loss; for SGD without what is left to the caller.
__device__ static __forceinline__ float descend(
    const Step& step, float w, float gradient, float* first, float* second) {
  switch (step.optimizer) {
    case MOMENTUM: {
      const float v = step.momentum * *first - step.rate * gradient;
      *first = v;
      return w + v;
    }
    case NESTEROV: {
      const float ahead = w - step.momentum * *first;
      const float v = step.momentum * *first - step.rate * gradient;
      *first = v;
      return ahead + (1.0f + step.momentum) * v;
    }
    case RMSPROP: {
      const float v = 0.9f * *first + (1.0f - 0.9f) * gradient * gradient;
      *first = v;
      return w - step.rate * gradient / (sqrtf(v) + 1e-8f);
    }
    case ADAM: {
      const float m = 0.9f * *first + (float)(1 - 0.9) * gradient;
      const float v = 0.999f * *second + (float)(1 - 0.999) * gradient * gradient;
      *first = m;
      *second = v;
      return w - (float)(step.rate * step.correction) * m / (sqrtf(v) + 1e-8f);
    }
    default:
      return w - step.rate * gradient;
  }
}

// R rows at a time; a batch has rows / R such parts.
template <int R>
__device__ static __forceinline__ void train(
    const int* numbers, float* allParameters, float* allFirst, float* allSecond, float* allWorkspace,
    const float* rates, const double* factors, const float* constants, const double* corrections,
    const float* examples, const int* labels, const int* order, const int* streams, double* losses,
    int* ends, int done, int steps) {
  const int trial = blockIdx.x;
  if (ends[trial] != 0) {
    return; // it has diverged
  }
  const Plan plan = *(const Plan*)numbers;
  const Network network(
      numbers, allParameters + (count)trial * plan.parameters, allWorkspace + (count)trial * plan.workspace);
  const Layer* layers = network.layers;
  const int last = plan.layers;
  const int rows = plan.rows;
  float* parameters = network.parameters;
  float* first = allFirst + (count)trial * plan.parameters;
  float* second = allSecond + (count)trial * plan.parameters;
  begin(network);

  for (int step = 0; step < steps; step++) {
    const int* batch = order + ((count)streams[trial] * steps + step) * plan.batch;
    {
      const Layer layer = layers[1];
      float* x = network.below(layer);
      ONE_BY_ONE
      for (int i = threadIdx.x; i < layer.in * plan.batch; i += blockDim.x) {
        const int r = i / layer.in;
        x[i % layer.in * rows + r] = examples[(count)batch[r] * layer.in + i % layer.in];
      }
    }
    __syncthreads();

    for (int l = 1; l <= last; l++) { // forward
      const Layer layer = layers[l];
      preActivate<R>(network, layer);
      if (l < last) {
        activateAll(network, layer, layers[l + 1]);
      }
    }

    const Layer top = layers[last];
    float* topGradient = network.own(top);
    double* costs = (double*)network.scratch;
    ONE_BY_ONE
    for (int r = threadIdx.x; r < rows; r += blockDim.x) {
      if (r < plan.batch) {
        costs[r] = cost(plan.loss, topGradient, top.out, rows, r, labels[batch[r]]);
      } else {
        ONE_BY_ONE
        for (int k = 0; k < top.out; k++) {
          topGradient[k * rows + r] = 0.0f;
        }
      }
    }
    __syncthreads();
    double loss = 0; // each thread for itself, in the order of the examples
    ONE_BY_ONE
    for (int r = 0; r < plan.batch; r++) {
      loss += costs[r];
    }
    loss /= plan.batch;
    const bool diverged = !(loss - loss == 0); // NaN or infinite
    if (threadIdx.x == 0) {
      losses[(count)trial * steps + step] = loss;
      if (diverged) {
        ends[trial] = done + step + 1;
      }
    }
    __syncthreads();
    if (diverged) {
      break;
    }

    const float rate = rates[(count)trial * steps + step];
    const float perExample = 1.0f / plan.batch;
    for (int l = last; l >= 1; l--) { // back
      const Layer layer = layers[l];
      const float* below = network.below(layer);
      float* kernel = network.kernel(layer);
      const int pitch = network.pitch(layer);
      const float* own = network.own(layer);
      if (l > 1) {
        sendBack<R>(network, layer, layers[l - 1]);
      }

      const double* factor = factors + ((count)trial * last + l - 1) * 2;
      Step by;
      by.optimizer = plan.optimizer;
      by.rate = (float)(rate * factor[0]);
      by.decay = constants[trial * 2];
      by.momentum = constants[trial * 2 + 1];
      by.correction = corrections[step];
      const float keep = 1.0f - by.rate * by.decay;
      const Shares shares(layer.out);
      if (shares.group < shares.groups) {
        for (int unit = shares.lane; unit < layer.out; unit += shares.wide) {
          float d[R]; // of the first R rows, which often are all
#pragma unroll
          for (int r = 0; r < R; r++) {
            d[r] = own[unit * rows + r];
          }
          for (int i = shares.group; i < layer.in; i += shares.groups) {
            float sum = multiply<R>(below + i * rows, d, 0.0f);
            ONE_BY_ONE
            for (int row = R; row < rows; row += R) {
              sum = multiply<R>(below + i * rows + row, own + unit * rows + row, sum);
            }
            float* w = kernel + (count)i * pitch + unit;
            if (plan.optimizer == SGD) {
              *w = keep * *w - by.rate * perExample * sum;
            } else {
              const count at = layer.kernel + (count)i * layer.out + unit;
              float gradient = perExample * sum;
              if (by.decay > 0.0f) {
                gradient += by.decay * *w;
              }
              *w = descend(by, *w, gradient, first + at, second + at);
            }
          }
        }
      }
      by.rate = (float)(rate * factor[1]);
      ONE_BY_ONE
      for (int unit = threadIdx.x; unit < layer.out; unit += blockDim.x) {
        float sum = 0.0f;
        ONE_BY_ONE
        for (int r = 0; r < plan.batch; r++) {
          sum += own[unit * rows + r];
        }
        const int at = layer.bias + unit;
        parameters[at] = descend(by, parameters[at], sum * perExample, first + at, second + at);
      }
    }
    __syncthreads();
  }

  for (int l = 1; l <= last; l++) {
    const Layer layer = layers[l];
    if (layer.sharedKernel >= 0) {
      ONE_BY_ONE
      for (int i = threadIdx.x; i < layer.in * layer.out; i += blockDim.x) {
        parameters[layer.kernel + i] =
            shared_floats[layer.sharedKernel + i / layer.out * layer.pitch + i % layer.out];
      }
    }
  }
}

// A block a trial. Of T trials: parameters, and the optimizer's memory of them, [T][parameters]; the learning rate of
// each update [T][steps]; the factors of each layer's rates for kernel and bias [T][layers][2]; weight decay and momentum
// [T][2]; Adam's corrections [steps]; examples [.][inputs] with their labels; which of them make the batches of each
// stream [streams][steps][batch], and each trial's stream. Out come each update's mean loss [T][steps], and the update at
// which a loss was not finite [T], 0 if none was; "done" updates came before.
#define TRAIN(R)                                                                                            \
  extern "C" __global__ void __launch_bounds__(512, 1) train_##R(                                              \
      const int* plan, float* parameters, float* first, float* second, float* workspace,                    \
      const float* rates, const double* factors, const float* constants, const double* corrections,         \
      const float* examples, const int* labels, const int* order, const int* streams, double* losses,       \
      int* ends, int done, int steps) {                                                                     \
    train<R>(plan, parameters, first, second, workspace, rates, factors, constants, corrections, examples,  \
        labels, order, streams, losses, ends, done, steps);                                                 \
  }
TRAIN(4)
TRAIN(12)
TRAIN(16)

// f and f' of n numbers.
extern "C" __global__ void activations(int activation, const float* s, float* values, float* slopes, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
    values[i] = activate(activation, s[i], &slopes[i]);
  }
}
