package dev.agora.platform.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a job, in units of its kind.
 *
 * @param done the number of units that are done
 * @param total the number of units of the whole job, null while it is unknown
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record JobProgress(long done, @Nullable Long total) {

	/** The progress of a job that has not started. */
	public static final JobProgress NONE = new JobProgress(0, null);

}
