/**
 * This room turns an activation and two variances into what a wide random network does with its
 * signals: lengths, correlations, gradients, depth scales and kernels. It is plain Java, knows only
 * the vocabulary of its root and the normal curve, and holds a few kilobytes an activation.
 */
package org.initlab.init.theory;
