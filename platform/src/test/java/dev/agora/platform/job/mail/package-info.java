@NullMarked
package dev.agora.platform.job.mail;

import org.jspecify.annotations.NullMarked;
