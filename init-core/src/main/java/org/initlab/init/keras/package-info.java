/** This room turns the JSON that Keras writes of a model into layers, without running any of it. */
package org.initlab.init.keras;
