// The products of signals and weights that a block of threads works out together, in single precision.
#pragma once

// Loops that take little time: unrolled, they would take the driver's time to compile.
#define ONE_BY_ONE _Pragma("unroll 1")

typedef unsigned long long count;

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

// Terms of a tile: as many floats as the GPU's memory hands over at once. The host's TrainingPlan has room for it.
#define TILE 8

// The weights of all units of the threads' lanes for terms from "from" on, [unit][TILE + 1]: neighbours in a row are read by
// neighbours among the threads, where a thread a unit would ask for a piece of memory a weight.
__device__ static __forceinline__ void fetch(
    float* tile, int wide, int units, int terms, const float* weights, int stepUnit, int first, int from) {
  for (int i = threadIdx.x; i < wide * TILE; i += blockDim.x) {
    const int unit = first + i / TILE;
    const int term = from + i % TILE;
    if (unit < units && term < terms) {
      tile[i / TILE * (TILE + 1) + i % TILE] = weights[(count)unit * stepUnit + term];
    }
  }
}

// For each unit u, its R rows from row on: sum[r] = sum over terms i of weights[u stepUnit + i stepTerm] signals[i][r];
// then finish(u, sum), by one thread a unit. All threads of the block come here together. Where TILED, a unit's weights are
// neighbours (stepTerm is 1) in the GPU's memory, and come by way of the scratch; the sums are the same.
template <int R, bool TILED, class Finish>
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
    if (TILED) {
      int i = shares.group;
      for (int from = 0; from < terms; from += TILE) {
        fetch(scratch, shares.wide, units, terms, weights, stepUnit, first, from);
        __syncthreads();
        if (computes) {
          for (; i < terms && i < from + TILE; i += shares.groups) {
            multiplyAdd<R>(scratch[shares.lane * (TILE + 1) + i - from], signals + i * rows, sum);
          }
        }
        __syncthreads();
      }
    } else if (computes) {
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
