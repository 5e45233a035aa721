package dev.agora.session.imports;

import dev.agora.platform.imports.ImportParameters;
import dev.agora.platform.imports.upload.Upload;

/**
 * The parameters of an import of members.
 *
 * @param upload the file
 */
record MemberImportRequest(Upload upload) implements ImportParameters {

	/** The kind of the job. */
	static final String KIND = "import-members";

	@Override
	public Object content() {
		return this.upload.digest();
	}

}
