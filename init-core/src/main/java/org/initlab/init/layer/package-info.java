/**
 * This room turns a layer's sizes into the fans of each of its kernels, by the convention of
 * whoever counts.
 */
package org.initlab.init.layer;
