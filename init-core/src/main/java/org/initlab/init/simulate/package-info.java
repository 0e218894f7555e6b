/**
 * This room turns a model into what its initialization really does: it draws the weights, sends
 * random numbers through and gradients back, and measures. Products are OpenBLAS's.
 */
package org.initlab.init.simulate;
