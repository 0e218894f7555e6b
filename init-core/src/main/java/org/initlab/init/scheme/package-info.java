/**
 * This room turns a tensor's place in its network into the initializer that draws it: rules that
 * need depth, role, residual branches or a base width.
 */
package org.initlab.init.scheme;
