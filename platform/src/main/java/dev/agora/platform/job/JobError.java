package dev.agora.platform.job;

/**
 * The reason why a job failed.
 *
 * @param code a stable code for programs, as in problem responses
 * @param detail a sentence for the reader
 */
public record JobError(String code, String detail) {
}
