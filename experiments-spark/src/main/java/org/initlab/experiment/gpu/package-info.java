/** This room turns laws of weights into draws in a GPU's memory, the same numbers as on a CPU. */
package org.initlab.experiment.gpu;
