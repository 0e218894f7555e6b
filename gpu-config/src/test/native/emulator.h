// Enough of CUDA C++ to run InitLab's kernels on a CPU, for tests: a block's threads run in turn, each until the next
// barrier, every block after the one before. It tells of a barrier that not all threads of a block reach, of shared
// memory that is read before it is written (it holds NaN at first) and of writes beyond what a launch asked for.
// The order of threads between two barriers is theirs to be chosen by a test: a kernel whose numbers depend on it
// lacks a barrier.
#pragma once

#include <math.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#define __global__
#define __device__
#define __host__
#define __forceinline__ inline
#define __noinline__ __attribute__((noinline))
#define __launch_bounds__(...)
#define __shared__
#define __syncthreads() emulator::barrier(__LINE__)

struct uint3 {
  unsigned x, y, z;
};
static uint3 threadIdx, blockIdx, blockDim, gridDim;

static inline float __uint_as_float(unsigned bits) { float x; memcpy(&x, &bits, 4); return x; }
static inline float __int_as_float(int bits) { float x; memcpy(&x, &bits, 4); return x; }
static inline int __float_as_int(float x) { int bits; memcpy(&bits, &x, 4); return bits; }

struct alignas(16) float4 {
  float x, y, z, w;
};
static inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }

namespace emulator {

constexpr size_t SHARED_BYTES = 227 * 1024; // of an H100's block
constexpr size_t STACK_BYTES = 128 * 1024;
constexpr unsigned POISON = 0x7FC0DEADu; // a NaN

alignas(16) static float shared_memory[SHARED_BYTES / 4 + 1024];

static bool backward = false; // the order of threads
static const char* trouble = nullptr;

struct Fiber {
  ucontext_t start;
  jmp_buf state;
  std::vector<char> stack;
  bool started, done;
  int line; // of the barrier at which it waits
};

static std::vector<Fiber> fibers;
static jmp_buf scheduler;
static Fiber* running = nullptr;
static void (*body)(void*) = nullptr;
static void* arguments = nullptr;

static void barrier(int line) {
  if (running == nullptr) {
    trouble = "a thread reaches a barrier that thread 0 does not";
    return;
  }
  running->line = line;
  if (_setjmp(running->state) == 0) {
    _longjmp(scheduler, 1);
  }
}

static void run_fiber() {
  body(arguments);
  running->done = true;
  _longjmp(scheduler, 1);
}

static void place(unsigned thread) { threadIdx = {thread, 0, 0}; }

static void resume(unsigned thread) {
  Fiber& fiber = fibers[thread];
  place(thread);
  running = &fiber;
  if (_setjmp(scheduler) == 0) {
    if (fiber.started) {
      _longjmp(fiber.state, 1);
    }
    fiber.started = true;
    if (fiber.stack.empty()) {
      fiber.stack.resize(STACK_BYTES);
    }
    getcontext(&fiber.start);
    fiber.start.uc_stack.ss_sp = fiber.stack.data();
    fiber.start.uc_stack.ss_size = fiber.stack.size();
    fiber.start.uc_link = nullptr;
    makecontext(&fiber.start, run_fiber, 0);
    setcontext(&fiber.start);
  }
  running = nullptr;
}

static unsigned in_turn(unsigned i, unsigned threads) { return backward ? threads - 1 - i : i; }

static void run_block(unsigned threads) {
  if (fibers.size() < threads) {
    fibers.resize(threads);
  }
  for (unsigned t = 0; t < threads; t++) {
    fibers[t].started = fibers[t].done = false;
  }
  for (bool first = true; trouble == nullptr; first = false) {
    unsigned done = 0;
    for (unsigned i = 0; i < threads; i++) {
      resume(in_turn(i, threads));
      done += fibers[in_turn(i, threads)].done;
      if (first && done == 1 && i == 0) { // no barrier at all: no stacks needed
        for (unsigned j = 1; j < threads; j++) {
          place(in_turn(j, threads));
          body(arguments);
        }
        return;
      }
    }
    if (done == threads) {
      return;
    }
    for (unsigned t = 0; t < threads; t++) {
      if (done != 0 || fibers[t].line != fibers[0].line) {
        trouble = "the threads of a block wait at different barriers";
      }
    }
  }
}

template <class... A>
struct Call {
  void (*kernel)(A...);
  std::tuple<A...> values;

  static void apply(void* call) {
    Call* self = (Call*)call;
    std::apply(self->kernel, self->values);
  }
};

template <class... A, size_t... I>
static std::tuple<A...> unpack(void** parameters, std::index_sequence<I...>) {
  return std::tuple<A...>(*(A*)parameters[I]...);
}

// Launches a kernel as cuLaunchKernel does; returns nullptr, or what is wrong.
template <class... A>
static const char* launch(
    void (*kernel)(A...), void** parameters, unsigned grid, unsigned threads, size_t shared_bytes) {
  Call<A...> call{kernel, unpack<A...>(parameters, std::index_sequence_for<A...>())};
  body = Call<A...>::apply;
  arguments = &call;
  trouble = nullptr;
  blockDim = {threads, 1, 1};
  gridDim = {grid, 1, 1};
  const size_t words = (shared_bytes + 3) / 4;
  for (unsigned block = 0; block < grid && trouble == nullptr; block++) {
    blockIdx = {block, 0, 0};
    for (float& x : shared_memory) {
      x = __uint_as_float(POISON);
    }
    run_block(threads);
    for (size_t i = words; i < sizeof(shared_memory) / 4; i++) {
      if (__float_as_int(shared_memory[i]) != (int)POISON) {
        trouble = "a block writes beyond its shared memory";
      }
    }
  }
  return trouble;
}

} // namespace emulator

// The one array of shared memory that InitLab's kernels declare.
#define shared_floats emulator::shared_memory
