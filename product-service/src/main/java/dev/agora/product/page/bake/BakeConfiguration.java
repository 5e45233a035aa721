package dev.agora.product.page.bake;

import java.nio.file.Path;
import java.time.Clock;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.agora.product.page.release.DirectoryTarget;
import dev.agora.product.page.release.PageTarget;
import dev.agora.product.page.release.S3Target;
import dev.agora.product.page.release.TargetSettings;

/** Configures the job that builds all pages, and the target that it writes to. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TargetSettings.class)
@Import({ BakeJob.class, PageExport.class, BakeEndpoint.class })
public class BakeConfiguration {

	@Bean
	@ConditionalOnProperty("agora.pages.target.directory")
	PageTarget directoryTarget(TargetSettings settings) {
		Path directory = settings.directory();
		return new DirectoryTarget((directory != null) ? directory : Path.of(""));
	}

	@Bean
	@ConditionalOnProperty("agora.pages.target.bucket")
	PageTarget s3Target(TargetSettings settings, Clock clock) {
		return new S3Target(settings, clock);
	}

}
