/**
 * Imports of uploaded files as jobs. A service adds a controller and a handler. <pre>
 * upload   a controller  > ImportStarter > upload.UploadReceiver > upload.Uploads: chunks
 *                                        > ImportJobs > platform.job.Jobs.submit
 * job      a handler     > ImportProgress > row.RowReader: batches > the service's own store
 * cleanup  UploadListener  deletes the upload of a job that has ended
 * </pre>
 */
@NullMarked
package dev.agora.platform.imports;

import org.jspecify.annotations.NullMarked;
