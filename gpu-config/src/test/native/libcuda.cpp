// A library with those functions of NVIDIA's driver that InitLab calls, on the emulator: so that the calls themselves,
// and all that is above them, run in tests without a GPU. Where cuda.h is at hand the compiler compares the
// declarations. It is not a driver: it knows InitLab's kernels only.
#include "emulator.h"

#include <atomic>
#include <mutex>

#if __has_include(<cuda.h>)
#include <cuda.h>
#else
typedef int CUresult;
typedef int CUdevice;
typedef unsigned long long CUdeviceptr;
typedef struct CUctx_st* CUcontext;
typedef struct CUmod_st* CUmodule;
typedef struct CUfunc_st* CUfunction;
typedef struct CUstream_st* CUstream;
typedef int CUdevice_attribute, CUfunction_attribute, CUjit_option;
#define CUDAAPI
#endif

#include "draw.cu"
#include "train.cu"
#include "look.cu"

namespace {

using Launch = const char* (*)(void**, unsigned, unsigned, size_t);

struct Kernel {
  const char* name;
  Launch launch;
  size_t shared_bytes; // that a launch may ask for
};

#define KERNEL(f) \
  {#f, [](void** p, unsigned g, unsigned t, size_t s) { return emulator::launch(f, p, g, t, s); }, 48 * 1024}

Kernel kernels[] = {
    KERNEL(draw_uniform),
    KERNEL(draw_normal),
    KERNEL(draw_truncated_normal),
    KERNEL(draw_orthogonal),
    KERNEL(train_4),
    KERNEL(train_12),
    KERNEL(train_16),
    KERNEL(activations),
    KERNEL(look_answers),
    KERNEL(look_probe),
};

constexpr unsigned GUARD = 0xA5A5A5A5u;
constexpr size_t GUARDS = 64;

int multiprocessors = 2;
const char* last_trouble = "";
std::atomic<size_t> live{0};
std::mutex one_launch; // at a time, as the emulator knows one block: tasks of a process share a GPU

CUresult result(int code) { return (CUresult)code; }

unsigned* guards(CUdeviceptr p, size_t bytes) { return (unsigned*)(p + (bytes + 15) / 16 * 16); }

} // namespace

// For tests.
extern "C" void emulator_order(int backward) { emulator::backward = backward != 0; }
extern "C" size_t emulator_live() { return live; }

extern "C" CUresult CUDAAPI cuInit(unsigned flags) {
  last_trouble = ""; // a GPU keeps it for the life of a process
  return result(flags == 0 ? 0 : 1);
}

extern "C" CUresult CUDAAPI cuDriverGetVersion(int* version) {
  *version = 13000;
  return result(0);
}

extern "C" CUresult CUDAAPI cuDeviceGetCount(int* n) {
  *n = 1;
  return result(0);
}

extern "C" CUresult CUDAAPI cuDeviceGet(CUdevice* device, int ordinal) {
  *device = ordinal;
  return result(ordinal == 0 ? 0 : 101);
}

extern "C" CUresult CUDAAPI cuDeviceGetName(char* name, int size, CUdevice) {
  snprintf(name, size, "emulator");
  return result(0);
}

extern "C" CUresult CUDAAPI cuDeviceGetAttribute(int* value, CUdevice_attribute which, CUdevice) {
  switch ((int)which) {
    case 16: *value = multiprocessors; return result(0);
    case 75: *value = 9; return result(0);
    case 76: *value = 0; return result(0);
    case 97: *value = emulator::SHARED_BYTES; return result(0);
    default: return result(1);
  }
}

extern "C" CUresult CUDAAPI cuDevicePrimaryCtxRetain(CUcontext* context, CUdevice) {
  *context = (CUcontext)&live;
  return result(0);
}

extern "C" CUresult CUDAAPI cuDevicePrimaryCtxRelease_v2(CUdevice) { return result(0); }

extern "C" CUresult CUDAAPI cuCtxSetCurrent(CUcontext context) {
  return result(context == (CUcontext)&live ? 0 : 201);
}

extern "C" CUresult CUDAAPI cuCtxSynchronize() { return result(*last_trouble == 0 ? 0 : 719); }

extern "C" CUresult CUDAAPI cuMemGetInfo_v2(size_t* free_bytes, size_t* total) {
  *free_bytes = *total = (size_t)1 << 30;
  return result(0);
}

extern "C" CUresult CUDAAPI cuModuleLoadDataEx(
    CUmodule* module, const void* image, unsigned, CUjit_option*, void**) {
  const char* text = (const char*)image;
  if (strstr(text, ".target sm_") == nullptr) {
    return result(218);
  }
  *module = (CUmodule)strdup(text);
  return result(0);
}

extern "C" CUresult CUDAAPI cuModuleUnload(CUmodule module) {
  free((void*)module);
  return result(0);
}

extern "C" CUresult CUDAAPI cuModuleGetFunction(CUfunction* function, CUmodule module, const char* name) {
  char entry[200];
  snprintf(entry, sizeof entry, ".entry %s(", name);
  if (strstr((const char*)module, entry) != nullptr) {
    for (Kernel& kernel : kernels) {
      if (strcmp(kernel.name, name) == 0) {
        *function = (CUfunction)&kernel;
        return result(0);
      }
    }
  }
  return result(500);
}

extern "C" CUresult CUDAAPI cuFuncSetAttribute(CUfunction function, CUfunction_attribute which, int value) {
  if ((int)which != 8 || value < 0 || (size_t)value > emulator::SHARED_BYTES) {
    return result(1);
  }
  ((Kernel*)function)->shared_bytes = value;
  return result(0);
}

extern "C" CUresult CUDAAPI cuMemAlloc_v2(CUdeviceptr* memory, size_t bytes) {
  if (bytes == 0 || bytes > (size_t)1 << 30) {
    return result(bytes == 0 ? 1 : 2);
  }
  char* block = (char*)aligned_alloc(64, (bytes + 64 + GUARDS * 4 + 64 + 63) / 64 * 64);
  *(size_t*)block = bytes;
  *memory = (CUdeviceptr)(block + 64);
  memset((void*)*memory, 0xFF, bytes); // NaN as floats
  std::fill_n(guards(*memory, bytes), GUARDS, GUARD);
  live++;
  return result(0);
}

extern "C" CUresult CUDAAPI cuMemFree_v2(CUdeviceptr memory) {
  const size_t bytes = *(size_t*)(memory - 64);
  const unsigned* end = guards(memory, bytes);
  const bool whole = std::all_of(end, end + GUARDS, [](unsigned x) { return x == GUARD; });
  free((void*)(memory - 64));
  live--;
  if (!whole) {
    last_trouble = "a kernel writes beyond an array";
  }
  return result(whole ? 0 : 700);
}

extern "C" CUresult CUDAAPI cuMemcpyHtoD_v2(CUdeviceptr to, const void* from, size_t bytes) {
  memcpy((void*)to, from, bytes);
  return result(0);
}

extern "C" CUresult CUDAAPI cuMemcpyDtoH_v2(void* to, CUdeviceptr from, size_t bytes) {
  memcpy(to, (const void*)from, bytes);
  return result(0);
}

extern "C" CUresult CUDAAPI cuMemcpyDtoD_v2(CUdeviceptr to, CUdeviceptr from, size_t bytes) {
  memcpy((void*)to, (const void*)from, bytes);
  return result(0);
}

extern "C" CUresult CUDAAPI cuMemsetD32_v2(CUdeviceptr to, unsigned value, size_t n) {
  std::fill_n((unsigned*)to, n, value);
  return result(0);
}

extern "C" CUresult CUDAAPI cuLaunchKernel(
    CUfunction function, unsigned grid, unsigned grid_y, unsigned grid_z, unsigned threads,
    unsigned threads_y, unsigned threads_z, unsigned shared_bytes, CUstream, void** parameters,
    void** extra) {
  const Kernel* kernel = (const Kernel*)function;
  if (grid == 0 || threads == 0 || threads > 1024 || grid_y * grid_z * threads_y * threads_z != 1 ||
      extra != nullptr || shared_bytes > kernel->shared_bytes) {
    return result(1);
  }
  const std::lock_guard<std::mutex> alone(one_launch);
  const char* trouble = kernel->launch(parameters, grid, threads, shared_bytes);
  last_trouble = trouble == nullptr ? "" : trouble;
  return result(0); // a fault shows at the next synchronization, as on a GPU
}

extern "C" CUresult CUDAAPI cuGetErrorName(CUresult error, const char** text) {
  switch ((int)error) {
    case 1: *text = "CUDA_ERROR_INVALID_VALUE"; return result(0);
    case 2: *text = "CUDA_ERROR_OUT_OF_MEMORY"; return result(0);
    case 101: *text = "CUDA_ERROR_INVALID_DEVICE"; return result(0);
    case 218: *text = "CUDA_ERROR_INVALID_PTX"; return result(0);
    case 500: *text = "CUDA_ERROR_NOT_FOUND"; return result(0);
    case 700: *text = "CUDA_ERROR_ILLEGAL_ADDRESS"; return result(0);
    case 719: *text = "CUDA_ERROR_LAUNCH_FAILED"; return result(0);
    default: *text = nullptr; return result(1);
  }
}

extern "C" CUresult CUDAAPI cuGetErrorString(CUresult error, const char** text) {
  *text = *last_trouble == 0 ? "as the emulator has it" : last_trouble;
  return result((int)error == 0 ? 1 : 0);
}
