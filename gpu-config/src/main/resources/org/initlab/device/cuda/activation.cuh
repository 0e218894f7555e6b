// Activations: value and slope. NaN stays NaN, lest a diverged network looks healthy.
#pragma once

enum Activation {
  IDENTITY, RELU, LEAKY_RELU, ELU, SELU, GELU, SILU, MISH, TANH, SIGMOID, SOFTSIGN, HARD_TANH, ERF, SIN, SOFTPLUS
};

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
