package dev.agora.console.targets;

import java.nio.file.Path;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses how the processes are found. */
@Configuration(proxyBeanMethods = false)
public class TargetConfiguration {

	@Bean
	Targets targets(TargetSettings settings) {
		return settings.stateFile().isEmpty() ? new NamedTargets(settings.names())
				: new LaunchedTargets(new StateFile(Path.of(settings.stateFile())));
	}

	@Bean
	Launcher launcher(TargetSettings settings) {
		return Launcher.of(settings);
	}

}
