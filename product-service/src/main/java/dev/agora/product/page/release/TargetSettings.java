package dev.agora.product.page.release;

import java.net.URI;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the bake job writes the pages, besides its own store: nowhere, or to one of a
 * directory and a bucket.
 *
 * @param directory the directory
 * @param endpoint the address of the service with the S3 protocol that has the bucket
 * @param bucket the name of the bucket
 * @param region the region of the bucket
 * @param accessKey the id of the access key
 * @param secretKey the secret of the access key, used literally
 */
@ConfigurationProperties("agora.pages.target")
public record TargetSettings(@Nullable Path directory, @Nullable URI endpoint, @Nullable String bucket,
		@DefaultValue("us-east-1") String region, @DefaultValue("") String accessKey,
		@DefaultValue("") String secretKey) {

	public TargetSettings {
		if (directory != null && bucket != null) {
			throw new IllegalArgumentException("agora.pages.target needs a directory or a bucket, not both.");
		}
		if ((bucket == null) != (endpoint == null)) {
			throw new IllegalArgumentException("agora.pages.target needs both an endpoint and a bucket, or neither.");
		}
	}

	/** Whether pages are written to a target. */
	public boolean isSet() {
		return this.directory != null || this.bucket != null;
	}

}
