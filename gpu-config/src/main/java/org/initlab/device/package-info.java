/**
 * This room turns a machine into facts about it: processor, BLAS core, threads, GPUs and what code
 * runs on each, and what is amiss.
 */
package org.initlab.device;
