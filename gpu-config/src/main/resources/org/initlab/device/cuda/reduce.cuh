// Reductions of a network's signals by all threads of its block: in double precision, in an order that the sizes alone
// decide.
#pragma once
#include "network.cuh"

// The sum of each thread's number, by pairs; every thread gets it.
template <class T>
__device__ static __forceinline__ T sumOf(T mine, T* room) {
  room[threadIdx.x] = mine;
  __syncthreads();
  ONE_BY_ONE
  for (int n = blockDim.x; n > 1;) {
    const int half = (n + 1) / 2;
    if (threadIdx.x + half < n) {
      room[threadIdx.x] += room[threadIdx.x + half];
    }
    __syncthreads();
    n = half;
  }
  const T all = room[0];
  __syncthreads(); // the room is free again
  return all;
}

// Mean and variance in one pass, by the sums of d = x - pivot and of d^2: the pivot being one of the n numbers, its own
// square is at most n variances, so that what cancels leaves a relative error of some n 2^-53.
struct Moments {
  double pivot, sum, squares;

  __device__ __forceinline__ explicit Moments(float one)
      : pivot(one - one == 0.0f ? one : 0.0f), sum(0), squares(0) {}

  __device__ __forceinline__ void add(float x) {
    const double d = x - pivot;
    sum += d;
    squares += d * d;
  }

  // Of all threads' n numbers, by thread 0.
  __device__ __forceinline__ void write(double n, double* room, double* out) const {
    const double shift = sumOf(sum, room) / n;
    const double spread = sumOf(squares, room) / n - shift * shift;
    if (threadIdx.x == 0) {
      out[0] = pivot + shift;
      out[1] = spread < 0 ? 0 : spread; // NaN stays NaN
    }
  }
};

__device__ static __noinline__ void signalMoments(
    const float* x, int units, const Plan& plan, double* room, double* out) {
  Moments moments(x[0]);
  ONE_BY_ONE
  for (int i = threadIdx.x; i < units * plan.rows; i += blockDim.x) {
    if (i % plan.rows < plan.batch) {
      moments.add(x[i]);
    }
  }
  moments.write((double)units * plan.batch, room, out);
}

// The number of this rank, from 1, among the sizes of the signals, NaN being the greatest: bit by bit from the highest,
// as many are below it as the rank allows.
__device__ static __noinline__ float ranked(
    const float* x, int units, const Plan& plan, long long rank, int* room) {
  int found = 0;
  ONE_BY_ONE
  for (int bit = 1 << 30; bit > 0; bit >>= 1) {
    int less = 0;
    ONE_BY_ONE
    for (int i = threadIdx.x; i < units * plan.rows; i += blockDim.x) {
      less += i % plan.rows < plan.batch && (__float_as_int(x[i]) & 0x7FFFFFFF) < (found | bit);
    }
    if (sumOf(less, room) < rank) {
      found |= bit;
    }
  }
  return __int_as_float(found);
}

// A slope up to which nothing comes through.
#define NOTHING 1e-6f

// The part of units that let nothing through for any example; NaN where a pre-activation is NaN.
__device__ static __noinline__ double dead(
    const float* slopes, int units, const Plan& plan, bool seesNan, double* room) {
  int mine = 0;
  ONE_BY_ONE
  for (int unit = threadIdx.x; unit < units; unit += blockDim.x) {
    bool lives = false;
    ONE_BY_ONE
    for (int r = 0; r < plan.batch; r++) {
      lives |= fabsf(slopes[unit * plan.rows + r]) > NOTHING;
    }
    mine += !lives;
  }
  return sumOf(seesNan ? (double)NAN : (double)mine, room) / units;
}

__device__ static __noinline__ bool hasNan(const float* x, int units, const Plan& plan) {
  bool found = false;
  ONE_BY_ONE
  for (int i = threadIdx.x; i < units * plan.rows; i += blockDim.x) {
    found |= i % plan.rows < plan.batch && x[i] != x[i];
  }
  return found;
}
