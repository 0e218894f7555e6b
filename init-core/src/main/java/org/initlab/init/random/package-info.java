/**
 * This room turns a seed and a path of names into a stream of numbers, the same on every machine; a
 * seed of PyTorch or TensorFlow, into theirs.
 */
package org.initlab.init.random;
