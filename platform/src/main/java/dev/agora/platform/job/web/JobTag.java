package dev.agora.platform.job.web;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.agora.platform.digest.Sha256;
import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobState;

/**
 * Identifies what a client sees of a job. The version of the job is of no use for that,
 * since each renewal of the worker's lease raises it.
 */
final class JobTag {

	/** Ids of events have at most 18 digits. */
	private static final BigInteger LIMIT = BigInteger.TEN.pow(18);

	private JobTag() {
	}

	/** Returns the tag of a job: it changes whenever the view of the job does. */
	static long of(Stored<Job> stored) {
		Job job = stored.value();
		Object[] visible = { job.state(), job.progress(), job.result(),
				(job.state() == JobState.FAILED) ? job.error() : null, job.startedAt(), job.finishedAt() };
		byte[] text = Arrays.toString(visible).getBytes(StandardCharsets.UTF_8);
		return new BigInteger(Sha256.hex(text), 16).mod(LIMIT).longValue();
	}

}
