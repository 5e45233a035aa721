/**
 * The rules for the code and the docs of all modules; each is also run on a planted
 * violation.
 */
@NullMarked
package dev.agora.rules;

import org.jspecify.annotations.NullMarked;
