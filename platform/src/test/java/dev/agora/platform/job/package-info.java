/** Tests of jobs. */
@NullMarked
package dev.agora.platform.job;

import org.jspecify.annotations.NullMarked;
