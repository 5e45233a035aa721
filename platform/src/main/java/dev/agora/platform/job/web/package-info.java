/**
 * Shows jobs to their owners: polling, lists, server-sent events, cancellation.
 */
@NullMarked
package dev.agora.platform.job.web;

import org.jspecify.annotations.NullMarked;
