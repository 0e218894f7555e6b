/**
 * This room turns a seed and a path of names into a stream of numbers, the same on every machine.
 */
package org.initlab.init.random;
