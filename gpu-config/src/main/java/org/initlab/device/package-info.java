/**
 * This room turns a machine into facts about it: processor, BLAS core, threads, and what is amiss.
 */
package org.initlab.device;
