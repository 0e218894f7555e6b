// Random numbers in device memory: element i of a draw depends on the key and i alone, and has the bits that
// org.initlab.init.Law gives on a CPU. Compiled without contraction of products and sums (-fmad=false): where one
// rounding is meant, fmaf stands.
//
// Source of the generator: Salmon et al. 2011, Threefry-2x32-20; of the inverse error function: Giles 2012, table 5,
// with the logarithm of Moshier's Cephes.

#ifdef __CUDACC__
extern __shared__ __align__(16) float shared_floats[];
#endif

typedef unsigned int word;
typedef unsigned long long count;

__device__ static __forceinline__ word rotate(word x, int by) { return x << by | x >> (32 - by); }

#define FOUR_ROUNDS(r0, r1, r2, r3) \
  a += b; b = rotate(b, r0) ^ a;    \
  a += b; b = rotate(b, r1) ^ a;    \
  a += b; b = rotate(b, r2) ^ a;    \
  a += b; b = rotate(b, r3) ^ a;

// Both words of counter i, xored.
__device__ static __forceinline__ word threefry(word key0, word key1, count i) {
  const word key2 = key0 ^ key1 ^ 0x1BD11BDAu;
  word a = (word)(i >> 32) + key0;
  word b = (word)i + key1;
  FOUR_ROUNDS(13, 15, 26, 6)
  a += key1; b += key2 + 1;
  FOUR_ROUNDS(17, 29, 16, 24)
  a += key2; b += key0 + 2;
  FOUR_ROUNDS(13, 15, 26, 6)
  a += key0; b += key1 + 3;
  FOUR_ROUNDS(17, 29, 16, 24)
  a += key1; b += key2 + 4;
  FOUR_ROUNDS(13, 15, 26, 6)
  a += key2; b += key0 + 5;
  return a ^ b;
}

// A uniform number in [0, 1) of 23 bits.
__device__ static __forceinline__ float unit(word key0, word key1, count i) {
  return __uint_as_float(threefry(key0, key1, i) >> 9 | 0x3F800000u) - 1.0f;
}

// What erfinv(x) / x is, x in (-1, 1).
__device__ static __forceinline__ float inverse_erf_factor(float x) {
  // w = -log(1 - x^2)
  const float y = 1.0f - x * x;
  const int shifted = __float_as_int(y) - 0x3F3504F3;
  const float e = (float)(shifted >> 23);
  const float f = __int_as_float((shifted & 0x7FFFFF) + 0x3F3504F3) - 1.0f;
  const float z = f * f;
  float p = fmaf(7.0376836292e-2f, f, -1.1514610310e-1f);
  p = fmaf(p, f, 1.1676998740e-1f);
  p = fmaf(p, f, -1.2420140846e-1f);
  p = fmaf(p, f, 1.4249322787e-1f);
  p = fmaf(p, f, -1.6668057665e-1f);
  p = fmaf(p, f, 2.0000714765e-1f);
  p = fmaf(p, f, -2.4999993993e-1f);
  p = fmaf(p, f, 3.3333331174e-1f);
  p = fmaf(p * f, z, -2.12194440e-4f * e);
  p = fmaf(-0.5f, z, p);
  const float w = fmaf(-0.693359375f, e, -(f + p));
  if (w >= 5.0f) { // one in 300
    const float v = sqrtf(w) - 3.0f;
    float q = -0.000200214257f * v + 0.000100950558f;
    q = q * v + 0.00134934322f;
    q = q * v - 0.00367342844f;
    q = q * v + 0.00573950773f;
    q = q * v - 0.0076224613f;
    q = q * v + 0.00943887047f;
    q = q * v + 1.00167406f;
    return q * v + 2.83297682f;
  }
  const float v = w - 2.5f;
  float q = fmaf(2.81022636e-08f, v, 3.43273939e-07f);
  q = fmaf(q, v, -3.5233877e-06f);
  q = fmaf(q, v, -4.39150654e-06f);
  q = fmaf(q, v, 0.00021858087f);
  q = fmaf(q, v, -0.00125372503f);
  q = fmaf(q, v, -0.00417768164f);
  q = fmaf(q, v, 0.246640727f);
  return fmaf(q, v, 1.50140941f);
}

#define ROOT_2 1.41421354f

#define FOR_EACH_ELEMENT(i)                                                       \
  for (count i = (count)blockIdx.x * blockDim.x + threadIdx.x; i < n;             \
       i += (count)gridDim.x * blockDim.x)

// sqrt(2) erfinv(u), u in (-1, 1): a normal number.
__device__ static __forceinline__ float normal(word key0, word key1, count i) {
  const float x = unit(key0, key1, i) * 2.0f + -0.99999994f;
  return ROOT_2 * (x * inverse_erf_factor(x));
}

// out[i] = (2 u - 1) scale for the elements from, from + 1, ...; n of them.
extern "C" __global__ void draw_uniform(
    float* __restrict__ out, count from, count n, word key0, word key1, float scale) {
  FOR_EACH_ELEMENT(i) {
    out[i] = (unit(key0, key1, from + i) * 2.0f - 1.0f) * scale;
  }
}

// out[i] = sqrt(2) erfinv(u) scale, u in (-1, 1).
extern "C" __global__ void draw_normal(
    float* __restrict__ out, count from, count n, word key0, word key1, float scale) {
  FOR_EACH_ELEMENT(i) {
    out[i] = normal(key0, key1, from + i) * scale;
  }
}

// out[i] = sqrt(2) erfinv(u) scale, u in [-high, high), confined to [-most, most] before it is scaled.
extern "C" __global__ void draw_truncated_normal(
    float* __restrict__ out, count from, count n, word key0, word key1, float high, float most,
    float scale) {
  const float width = high - -high;
  FOR_EACH_ELEMENT(i) {
    const float x = fmaf(unit(key0, key1, from + i), width, -high);
    const float t = ROOT_2 * (x * inverse_erf_factor(x));
    out[i] = fmaxf(-most, fminf(most, t)) * scale;
  }
}

#define LANES 32 // columns that a block reads at a time: neighbours in memory

// The sum of every thread's number, the same in each. A power of two of threads.
__device__ static __forceinline__ float sum_of_block(float own, float* room) {
  room[threadIdx.x] = own;
  __syncthreads();
  for (word half = blockDim.x / 2; half > 0; half /= 2) {
    if (threadIdx.x < half) {
      room[threadIdx.x] += room[threadIdx.x + half];
    }
    __syncthreads();
  }
  return room[0];
}

// a := (1 - tau v v') a in the columns from `first` on, v with zeros above row k. Each column is of LANES threads, and
// each of them of every (blockDim.x / LANES)th row. Rooms are used in turn, so that one barrier a round is enough.
__device__ static __forceinline__ void reflect(
    float* a, const float* v, float tau, word k, word first, word tall, word thin, float* rooms, word* turn) {
  const word lane = threadIdx.x % LANES;
  const word group = threadIdx.x / LANES;
  const word groups = blockDim.x / LANES;
  for (word left = first; left < thin; left += LANES) {
    const word j = left + lane;
    float own = 0.0f;
    if (j < thin) {
      for (word i = k + group; i < tall; i += groups) {
        own = fmaf(v[i], a[(count)i * thin + j], own);
      }
    }
    float* room = rooms + *turn * blockDim.x;
    *turn ^= 1;
    room[threadIdx.x] = own;
    __syncthreads();
    float dot = 0.0f;
    for (word g = 0; g < groups; g++) {
      dot += room[g * LANES + lane];
    }
    dot *= -tau;
    if (j < thin) {
      for (word i = k + group; i < tall; i += groups) {
        a[(count)i * thin + j] = fmaf(dot, v[i], a[(count)i * thin + j]);
      }
    }
  }
  __syncthreads();
}

// Matrices with orthonormal columns, or rows where there are more columns than rows, times a gain: a block each, of a
// power of two of at least LANES threads. It makes those from the matrix `from` on. They are row-major, one after another
// in out; keys has two words for each, and for each block work tall thin + tall + 2 thin numbers, tall the longer side.
//
// Q sign(diag R) of the normal numbers that draw_normal gives, by Householder's reflections, each column's from its
// first row down (Golub and Van Loan 2013, algorithms 5.1.1 and 5.2.1; LAPACK's slarfg for the signs), then of a wide
// matrix the transpose: as org.initlab.init.draw.Orthogonal, but for rounding.
extern "C" __global__ void draw_orthogonal(
    float* __restrict__ out, float* __restrict__ work, const word* __restrict__ keys, count from, word rows,
    word columns, float gain) {
  const word tall = rows > columns ? rows : columns;
  const word thin = rows > columns ? columns : rows;
  const count size = (count)tall * thin;
  const count matrix = from + blockIdx.x;
  float* a = work + blockIdx.x * (size + tall + 2 * (count)thin);
  float* v = a + size;
  float* taus = v + tall;
  float* signs = taus + thin;
  float* rooms = shared_floats;
  float* sums = rooms + 2 * blockDim.x;
  word turn = 0;
  for (count i = threadIdx.x; i < size; i += blockDim.x) {
    a[i] = normal(keys[2 * matrix], keys[2 * matrix + 1], i);
  }
  __syncthreads();
  for (word k = 0; k < thin; k++) {
    float own = 0.0f;
    for (word i = k + 1 + threadIdx.x; i < tall; i += blockDim.x) {
      v[i] = a[(count)i * thin + k];
      own = fmaf(v[i], v[i], own);
    }
    const float below = sum_of_block(own, sums);
    const float alpha = a[(count)k * thin + k];
    float beta = alpha; // R's diagonal
    float tau = 0.0f;
    if (below > 0.0f) {
      beta = sqrtf(fmaf(alpha, alpha, below));
      beta = alpha >= 0.0f ? -beta : beta;
      tau = (beta - alpha) / beta;
      const float scale = 1.0f / (alpha - beta);
      for (word i = k + 1 + threadIdx.x; i < tall; i += blockDim.x) {
        v[i] *= scale;
        a[(count)i * thin + k] = v[i];
      }
    }
    if (threadIdx.x == 0) {
      v[k] = 1.0f;
      taus[k] = tau;
      signs[k] = beta < 0.0f ? -1.0f : 1.0f;
    }
    __syncthreads();
    reflect(a, v, tau, k, k + 1, tall, thin, rooms, &turn);
  }
  // The reflections times the first columns of the identity, from the last reflection on, in their own place.
  for (word k = thin; k-- > 0;) {
    for (word i = k + 1 + threadIdx.x; i < tall; i += blockDim.x) {
      v[i] = a[(count)i * thin + k];
    }
    for (word j = k + 1 + threadIdx.x; j < thin; j += blockDim.x) {
      a[(count)k * thin + j] = 0.0f;
    }
    if (threadIdx.x == 0) {
      v[k] = 1.0f;
    }
    __syncthreads();
    const float tau = taus[k];
    reflect(a, v, tau, k, k + 1, tall, thin, rooms, &turn);
    for (word i = k + threadIdx.x; i < tall; i += blockDim.x) {
      a[(count)i * thin + k] = i == k ? 1.0f - tau : -tau * v[i];
    }
    __syncthreads();
  }
  float* mine = out + matrix * size;
  for (count i = threadIdx.x; i < size; i += blockDim.x) {
    const count r = i / thin;
    const count j = i % thin;
    mine[rows < columns ? j * tall + r : i] = a[i] * signs[j] * gain;
  }
}
