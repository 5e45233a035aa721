package dev.agora.platform.job.mail;

import java.time.Instant;

/**
 * An e-mail about a job that is to be sent.
 *
 * @param jobId the id of the job
 * @param attempts the number of attempts so far
 * @param due when the next attempt is due
 * @param createdAt when the job ended
 */
record PendingMail(String jobId, int attempts, Instant due, Instant createdAt) {
}
