@NullMarked
package dev.agora.platform.job.worker;

import org.jspecify.annotations.NullMarked;
