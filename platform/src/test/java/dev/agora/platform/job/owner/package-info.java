@NullMarked
package dev.agora.platform.job.owner;

import org.jspecify.annotations.NullMarked;
