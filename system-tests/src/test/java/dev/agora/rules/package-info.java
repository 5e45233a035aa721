/**
 * The rules that the code of all modules keeps, each shown to find a planted violation.
 */
@NullMarked
package dev.agora.rules;

import org.jspecify.annotations.NullMarked;
