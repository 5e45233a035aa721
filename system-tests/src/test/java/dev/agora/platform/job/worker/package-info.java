/** Tests of the queue of jobs that need a broker. */
@NullMarked
package dev.agora.platform.job.worker;

import org.jspecify.annotations.NullMarked;
