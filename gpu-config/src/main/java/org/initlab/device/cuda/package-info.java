/**
 * This room turns PTX and numbers into work of an NVIDIA GPU, by its driver's library alone: no
 * toolkit of CUDA is needed where it runs. The kernels lie beside it as sources ({@code .cu}, what
 * they share as {@code .cuh}) and as what nvcc made of them ({@code .ptx}), for compute capability
 * 8.0 and later.
 */
package org.initlab.device.cuda;
