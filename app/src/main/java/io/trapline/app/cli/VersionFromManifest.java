package io.trapline.app.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class VersionFromManifest implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = TraplineCommand.class.getPackage().getImplementationVersion();
        return new String[] {"trapline " + (version == null ? "(not packaged)" : version)};
    }
}
