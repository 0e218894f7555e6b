/**
 * This room turns the layers of a model, as a framework will initialize them, into what they do to
 * a signal and its gradient, and into a verdict.
 */
package org.initlab.init.model;
