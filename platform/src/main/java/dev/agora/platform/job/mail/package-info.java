/**
 * Tells members by e-mail that their jobs have ended, if a mail server is configured.
 */
@NullMarked
package dev.agora.platform.job.mail;

import org.jspecify.annotations.NullMarked;
