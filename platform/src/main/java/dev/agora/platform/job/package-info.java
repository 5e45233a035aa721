/**
 * Jobs: heavy work that a request starts and a worker does later. A job is a document;
 * its topic is the queue. The sub-package {@code worker} runs jobs, {@code web} shows
 * them to their owners.
 */
@NullMarked
package dev.agora.platform.job;

import org.jspecify.annotations.NullMarked;
