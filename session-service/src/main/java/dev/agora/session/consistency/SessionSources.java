package dev.agora.session.consistency;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.platform.consistency.SourceProgress;
import dev.agora.platform.watermark.ProjectionProgress;
import dev.agora.platform.watermark.ProjectionProgress.StoreProgress;
import dev.agora.platform.watermark.Watermarks;
import dev.agora.session.member.Members;

/** The topics that reads of session-service depend on. */
@Configuration(proxyBeanMethods = false)
public class SessionSources {

	@Bean
	static SourceProgress memberProgress(Watermarks watermarks) {
		return new ProjectionProgress(Members.TOPIC, List.of("/members"), StoreProgress.OWN,
				List.of(watermarks.reader("session.members", Members.TOPIC)));
	}

}
