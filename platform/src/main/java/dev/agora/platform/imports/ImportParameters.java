package dev.agora.platform.imports;

import dev.agora.platform.imports.upload.Upload;

/** The parameters of an import, which become those of its job. */
public interface ImportParameters {

	/** The file. */
	Upload upload();

	/** Returns the content that a repeated request has in common with the first. */
	Object content();

}
