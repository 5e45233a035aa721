package dev.agora.graph.imports;

import dev.agora.platform.imports.ImportParameters;
import dev.agora.platform.imports.upload.Upload;

/**
 * The parameters of an import of follows.
 *
 * @param upload the file
 */
record FollowImport(Upload upload) implements ImportParameters {

	/** The kind of the job. */
	static final String KIND = "import-follows";

	static final String FOLLOWER = "follower";

	static final String FOLLOWEE = "followee";

	static final String HANDLE_FORM = "must be 3 to 30 of a-z, 0-9 and _";

	@Override
	public Object content() {
		return this.upload.digest();
	}

}
