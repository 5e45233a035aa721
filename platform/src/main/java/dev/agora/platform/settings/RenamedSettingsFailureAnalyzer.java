package dev.agora.platform.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports settings under old names without a stack trace. */
final class RenamedSettingsFailureAnalyzer extends AbstractFailureAnalyzer<RenamedSettingsException> {

	@Override
	protected FailureAnalysis analyze(Throwable failure, RenamedSettingsException cause) {
		return new FailureAnalysis(cause.getMessage(), null, cause);
	}

}
