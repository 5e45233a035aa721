package dev.agora.product.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

import com.nimbusds.jose.JOSEException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.member.MemberListener;
import dev.agora.platform.member.TestMemberEvents;

import static org.assertj.core.api.Assertions.assertThat;

class DeletedMemberTests {

	@Test
	void theJobsOfADeletedMemberAreCancelled(@TempDir Path directory) throws IOException, JOSEException {
		try (TestProductService service = new TestProductService(directory)) {
			String ada = service.newMember();
			Stored<Job> job = service.submit(ada);
			Stored<Job> other = service.submit(service.newMember());
			TestMemberEvents.deliverDeletion(service.part(MemberListener.class), ada);
			assertThat(state(service, job)).isEqualTo(JobState.CANCELLED);
			assertThat(state(service, other)).isEqualTo(JobState.QUEUED);
		}
	}

	private static JobState state(TestProductService service, Stored<Job> job) {
		return Objects.requireNonNull(service.part(Jobs.class).find(job.id()).block()).value().state();
	}

}
