package org.initlab.init.model;

/**
 * What is predicted of a layer.
 *
 * @param layer the layer
 * @param length the mean square q of the sums before the activation; NaN without kernels
 * @param square the mean square of the outputs
 * @param forward the mean square of the outputs over that of the inputs
 * @param backward the squared norm of the gradient by the inputs over that by the outputs
 * @param gradient the squared norm of the gradient by the sums before the activation, where that by
 *     the model's output is 1; NaN without kernels
 * @param saturated the part of units whose derivative is below a tenth of the largest there is
 */
public record LayerSignal(
    ModelLayer layer,
    double length,
    double square,
    double forward,
    double backward,
    double gradient,
    double saturated) {}
