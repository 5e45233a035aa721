package dev.agora.platform.imports;

import java.time.Clock;

import com.mongodb.reactivestreams.client.MongoDatabase;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.imports.upload.ImportSettings;
import dev.agora.platform.imports.upload.UploadReceiver;
import dev.agora.platform.imports.upload.Uploads;
import dev.agora.platform.job.JobSettings;

/**
 * Configures the uploads and the jobs of a service's imports. The application also
 * imports {@link UploadListener}, its controller and its handler.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ImportSettings.class)
@Import(ImportJobs.class)
public class ImportConfiguration {

	@Bean
	Uploads uploads(MongoDatabase database, DocumentStore store, IdGenerator ids, Clock clock) {
		return new Uploads(database, store, ids, clock);
	}

	@Bean
	UploadReceiver uploadReceiver(Uploads uploads, ImportSettings settings) {
		return new UploadReceiver(uploads, settings);
	}

	@Bean
	ImportStarter importStarter(UploadReceiver receiver, ImportJobs importJobs, JobSettings settings, JsonMapper json) {
		return new ImportStarter(receiver, importJobs, settings.path(), json);
	}

}
