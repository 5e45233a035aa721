package dev.agora.platform.job;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.input.QueryParameters;

/**
 * The filter of a list of jobs.
 *
 * @param owner the owner of the jobs, or null for all
 * @param state the state of the jobs, or null for all
 */
public record JobQuery(@Nullable String owner, @Nullable JobState state) {

	/**
	 * Parses the query parameter {@code state}.
	 * @throws InvalidRequest if there is no such state
	 */
	public static JobQuery parse(MultiValueMap<String, String> parameters) {
		return new JobQuery(null, state(QueryParameters.single(parameters, "state")));
	}

	/**
	 * Parses a state.
	 * @throws InvalidRequest if there is no such state
	 */
	public static @Nullable JobState state(@Nullable String name) {
		if (name == null) {
			return null;
		}
		return Arrays.stream(JobState.values())
			.filter((state) -> state.name().equals(name))
			.findFirst()
			.orElseThrow(
					() -> InvalidRequest.field("state", "must be QUEUED, RUNNING, SUCCEEDED, FAILED or CANCELLED"));
	}

	/** Returns this filter for the jobs of one owner. */
	public JobQuery ownedBy(String member) {
		return new JobQuery(member, this.state);
	}

}
