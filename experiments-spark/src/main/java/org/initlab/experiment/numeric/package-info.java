/**
 * This room turns arrays into arrays: matrix products, activations and updates in single precision,
 * on memory that is taken once, so that a loop of training allocates nothing. What is called Double
 * does the same in double precision, with Java's functions, for reference.
 *
 * <p>It knows activations by their row in the table, OpenBLAS by its JavaCPP binding, and neither
 * trials nor data. Its elementary functions use only + - * / min max abs, so their bits are the
 * same on every processor and JDK; those of the products depend on OpenBLAS's kernel for the core.
 */
package org.initlab.experiment.numeric;
