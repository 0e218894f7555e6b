/**
 * This room turns a Vega-Lite specification into a static picture: Vega's own scripts, run by a V8
 * in this process (Javet), which needs neither browser nor network.
 */
package org.initlab.experiment.vega;
