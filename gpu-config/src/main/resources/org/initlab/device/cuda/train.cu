// Trains fully connected networks, a block of threads a network, for many updates in one launch: the forward pass, the
// loss, the way back and the optimizer of org.initlab.experiment.trial's engine "fused", in single precision.
//
// Layers are numbered from 1 at the input. An array of a layer's signals is [units][rows], rows being the examples of a
// batch and padding, so that a thread reads the signals of a unit, which all its neighbours read too, four at a time.
// Rows of padding are 0 in activations and gradients. A kernel is [in][out] with a row every "pitch" numbers. Arrays lie
// in shared memory as far as they fit: the host decides (TrainingPlan), and the numbers are the same wherever they lie.

#ifdef __CUDACC__
extern __shared__ __align__(16) float shared_floats[];
#endif

// Loops that take little time: unrolled, they would take the driver's time to compile.
#define ONE_BY_ONE _Pragma("unroll 1")

typedef unsigned long long count;

enum Optimizer { SGD, MOMENTUM, NESTEROV, RMSPROP, ADAM };
enum Loss { CROSS_ENTROPY, SQUARED_ERROR };
enum Activation {
  IDENTITY, RELU, LEAKY_RELU, ELU, SELU, GELU, SILU, MISH, TANH, SIGMOID, SOFTSIGN, HARD_TANH, ERF, SIN, SOFTPLUS
};

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

// --- activations: value and slope; NaN stays NaN, lest a diverged network looks healthy

// Where exp is a normal float.
__device__ static __forceinline__ float power(float x) {
  return expf(x < -87.3f ? -87.3f : x > 88.3f ? 88.3f : x);
}

__device__ static __forceinline__ float logistic(float x) { return 1.0f / (1.0f + power(-x)); }

__device__ static __noinline__ float activate(int activation, float s, float* slope) {
  switch (activation) {
    case RELU:
      *slope = s > 0.0f ? 1.0f : 0.0f;
      return s <= 0.0f ? 0.0f : s;
    case LEAKY_RELU:
      *slope = s > 0.0f ? 1.0f : 0.01f;
      return s > 0.0f ? s : 0.01f * s;
    case ELU:
      *slope = s > 0.0f ? 1.0f : power(s);
      return s > 0.0f ? s : expm1f(s);
    case SELU:
      *slope = s > 0.0f ? 1.05070099f : 1.75809934f * power(s);
      return s > 0.0f ? 1.05070099f * s : 1.75809934f * expm1f(s);
    case GELU: {
      const float cdf = 0.5f * erfcf(-0.70710678f * s);
      *slope = cdf + s * 0.39894228f * expf(-0.5f * s * s);
      return s * cdf;
    }
    case SILU: {
      const float gate = logistic(s);
      *slope = gate + gate * s * (power(-s) * gate);
      return s * gate;
    }
    case MISH: {
      const float cut = s > 20.0f ? 20.0f : s; // beyond, tanh(softplus) is 1
      const float e = power(cut);
      const float w = e * (e + 2.0f);
      const float t = w / (w + 2.0f);
      *slope = t + cut * (4.0f * (w + 1.0f) / ((w + 2.0f) * (w + 2.0f))) * (e / (1.0f + e));
      return s * t;
    }
    case TANH: {
      const float z = tanhf(s);
      *slope = 1.0f - z * z;
      return z;
    }
    case SIGMOID: {
      const float z = logistic(s);
      *slope = z * (1.0f - z);
      return z;
    }
    case SOFTSIGN: {
      const float q = 1.0f + fabsf(s);
      *slope = 1.0f / (q * q);
      return s / q;
    }
    case HARD_TANH:
      *slope = fabsf(s) < 1.0f ? 1.0f : 0.0f;
      return s < -1.0f ? -1.0f : s > 1.0f ? 1.0f : s;
    case ERF:
      *slope = 1.12837917f * expf(-s * s);
      return erff(s);
    case SIN:
      *slope = cosf(s);
      return sinf(s);
    case SOFTPLUS:
      *slope = logistic(s);
      return (s <= 0.0f ? 0.0f : s) + log1pf(expf(-fabsf(s)));
    default: // IDENTITY
      *slope = 1.0f;
      return s;
  }
}

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

// --- one trial

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

// R rows at a time; a batch has rows / R such parts.
template <int R>
__device__ static __forceinline__ void train(
    const int* numbers, float* allParameters, float* allFirst, float* allSecond, float* allWorkspace,
    const float* rates, const double* factors, const float* constants, const double* corrections,
    const float* examples, const int* labels, const int* order, const int* streams, double* losses,
    int* ends, int done, int steps) {
  const Plan plan = *(const Plan*)numbers;
  const Layer* layers = (const Layer*)(numbers + sizeof(Plan) / sizeof(int)) - 1; // from 1
  const int trial = blockIdx.x;
  const int last = plan.layers;
  const int rows = plan.rows;
  float* parameters = allParameters + (count)trial * plan.parameters;
  float* first = allFirst + (count)trial * plan.parameters;
  float* second = allSecond + (count)trial * plan.parameters;
  float* workspace = allWorkspace + (count)trial * plan.workspace;
  float* scratch = shared_floats + plan.scratch;
  if (ends[trial] != 0) {
    return; // it has diverged
  }
  for (int l = 1; l <= last; l++) {
    const Layer layer = layers[l];
    if (layer.sharedKernel >= 0) {
      ONE_BY_ONE
      for (int i = threadIdx.x; i < layer.in * layer.out; i += blockDim.x) {
        shared_floats[layer.sharedKernel + i / layer.out * layer.pitch + i % layer.out] =
            parameters[layer.kernel + i];
      }
    }
    float* below = (layer.belowIsShared ? shared_floats : workspace) + layer.below;
    ONE_BY_ONE
    for (int i = threadIdx.x; i < layer.in * rows; i += blockDim.x) {
      below[i] = 0.0f;
    }
    float* own = (layer.ownIsShared ? shared_floats : workspace) + layer.own;
    ONE_BY_ONE
    for (int i = threadIdx.x; i < layer.out * rows; i += blockDim.x) {
      own[i] = 0.0f;
    }
  }
  __syncthreads();

  for (int step = 0; step < steps; step++) {
    const int* batch = order + ((count)streams[trial] * steps + step) * plan.batch;
    {
      const Layer layer = layers[1];
      float* x = (layer.belowIsShared ? shared_floats : workspace) + layer.below;
      ONE_BY_ONE
      for (int i = threadIdx.x; i < layer.in * plan.batch; i += blockDim.x) {
        const int r = i / layer.in;
        x[i % layer.in * rows + r] = examples[(count)batch[r] * layer.in + i % layer.in];
      }
    }
    __syncthreads();

    for (int l = 1; l <= last; l++) { // forward
      const Layer layer = layers[l];
      const float* below = (layer.belowIsShared ? shared_floats : workspace) + layer.below;
      const bool inShared = layer.sharedKernel >= 0;
      const float* kernel = inShared ? shared_floats + layer.sharedKernel : parameters + layer.kernel;
      const int pitch = inShared ? layer.pitch : layer.out;
      const float* bias = parameters + layer.bias;
      float* own = (layer.ownIsShared ? shared_floats : workspace) + layer.own;
      for (int row = 0; row < rows; row += R) {
        sums<R>(layer.out, layer.in, kernel, 1, pitch, below + row, rows, scratch,
            [&](int unit, float (&sum)[R]) {
#pragma unroll
              for (int r = 0; r < R; r++) {
                own[unit * rows + row + r] = sum[r] + bias[unit];
              }
            });
      }
      __syncthreads();
      if (l < last) {
        float* above = (layers[l + 1].belowIsShared ? shared_floats : workspace) + layers[l + 1].below;
        ONE_BY_ONE
        for (int i = threadIdx.x; i < layer.out * rows; i += blockDim.x) {
          float slope;
          const float z = activate(layer.activation, own[i], &slope);
          const bool real = i % rows < plan.batch;
          own[i] = real ? slope : 0.0f;
          above[i] = real ? z : 0.0f;
        }
        __syncthreads();
      }
    }

    const Layer top = layers[last];
    float* topGradient = (top.ownIsShared ? shared_floats : workspace) + top.own;
    double* costs = (double*)scratch;
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
      const float* below = (layer.belowIsShared ? shared_floats : workspace) + layer.below;
      const bool inShared = layer.sharedKernel >= 0;
      float* kernel = inShared ? shared_floats + layer.sharedKernel : parameters + layer.kernel;
      const int pitch = inShared ? layer.pitch : layer.out;
      const float* own = (layer.ownIsShared ? shared_floats : workspace) + layer.own;
      if (l > 1) {
        float* gradient = (layers[l - 1].ownIsShared ? shared_floats : workspace) + layers[l - 1].own;
        for (int row = 0; row < rows; row += R) {
          sums<R>(layer.in, layer.out, kernel, pitch, 1, own + row, rows, scratch,
              [&](int unit, float (&sum)[R]) {
#pragma unroll
                for (int r = 0; r < R; r++) { // 0 times 0 in padding
                  gradient[unit * rows + row + r] *= sum[r];
                }
              });
        }
        __syncthreads();
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
