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
		endpoint = (endpoint != null) ? withoutSlash(endpoint) : null;
		if (bucket != null && !bucket.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,62}")) {
			throw new IllegalArgumentException("agora.pages.target.bucket must be the name of a bucket.");
		}
		if (bucket != null && (accessKey.isEmpty() || secretKey.isEmpty())) {
			throw new IllegalArgumentException("agora.pages.target needs an access-key and a secret-key for a bucket.");
		}
	}

	private static URI withoutSlash(URI endpoint) {
		boolean http = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
		if (!http || endpoint.getHost() == null || endpoint.getRawQuery() != null || endpoint.getRawFragment() != null
				|| endpoint.getRawUserInfo() != null) {
			throw new IllegalArgumentException("agora.pages.target.endpoint must be an address with http or https, "
					+ "a host and no query, as in https://s3.example.org.");
		}
		return URI.create(endpoint.toString().replaceAll("/+$", ""));
	}

}
