/**
 * Makes members operators, through the management port only.
 */
@NullMarked
package dev.agora.session.operator;

import org.jspecify.annotations.NullMarked;
