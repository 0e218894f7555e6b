/**
 * This room turns our weights into ND4J arrays and back: the only one that knows ND4J and
 * Deeplearning4j.
 */
package org.initlab.init.nd4j;
