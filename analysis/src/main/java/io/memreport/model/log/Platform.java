// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What ran a process, where that decides what helps: not each place has a kernel's log to read. */
public enum Platform {
  YARN,
  SPARK,
  SLURM,
  GRID_ENGINE,
  /** Ranks of MPI, whose launcher saw one end. */
  MPI,
  ECS,
  LAMBDA,
  HEROKU,
  CLOUD_RUN,
  APP_ENGINE,
  NOMAD,
  CLOUD_FOUNDRY,
  DOCKER,
  PODMAN,
  CONTAINERD,
  CRI_O,
  KUBERNETES,
  /** Workflows of Argo, each step in a pod of its own. */
  ARGO,
  GRADLE,
  /** Container Apps and Container Instances. */
  AZURE,
  AZURE_FUNCTIONS,
  FLY,
  BITBUCKET,
  CIRCLECI,
  GITHUB,
  GITLAB,
  TRAVIS,
  RENDER,
  VERCEL,
  /** Pools of worker processes: pytest-xdist, concurrent.futures, joblib, PyTorch. */
  PYTHON,
  /** Kernels of notebooks, which their server starts again. */
  JUPYTER,
  DATABRICKS,
  PLAYWRIGHT,
  POSTGRESQL,
  MYSQL,
  /** Chrome, Electron and what drives them. */
  BROWSER,
  FREEBSD,
  OPENBSD,
  NETBSD,
  AIX,
  ANDROID,
  WINDOWS,
  SOLARIS,
  MACOS;

  /** The name in JSON: lower case, words joined by hyphens. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
